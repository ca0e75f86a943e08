package dev.slipway.activities.plan;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field of an object.
 *
 * @param path such as {@code spec.template.spec.containers[web].image}
 * @param before null where there was none
 * @param after null where there is none any more
 */
public record FieldChange(String path, @Nullable String before, @Nullable String after) {}
