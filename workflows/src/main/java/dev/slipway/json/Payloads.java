package dev.slipway.json;

import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/** How Temporal's payloads are written: as {@link Json}. */
public final class Payloads {
  private static final DataConverter CONVERTER =
      DefaultDataConverter.newDefaultInstance()
          .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper()));

  private Payloads() {}

  /** The converter of every client and worker. */
  public static DataConverter converter() {
    return CONVERTER;
  }
}
