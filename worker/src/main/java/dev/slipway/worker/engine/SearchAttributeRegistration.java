package dev.slipway.worker.engine;

import dev.slipway.run.SearchAttributes;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes our search attributes known to an engine, where it lets us. */
final class SearchAttributeRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(SearchAttributeRegistration.class);

  private SearchAttributeRegistration() {}

  /**
   * @return whether the engine knows them now
   */
  static boolean register(Engine engine) {
    var operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(engine.connection())
                .validateAndBuildWithDefaults());
    try {
      var known =
          operator
              .blockingStub()
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder().setNamespace(engine.namespace()).build())
              .getCustomAttributesMap();
      var missing = AddSearchAttributesRequest.newBuilder().setNamespace(engine.namespace());
      for (var attribute : SearchAttributes.ALL) {
        var type = known.get(attribute.getName());
        if (type == null) {
          missing.putSearchAttributes(
              attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        } else if (type != IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD) {
          LOG.warn("search attribute {} is no keyword here; runs go without", attribute.getName());
          return false;
        }
      }
      if (missing.getSearchAttributesCount() > 0) {
        operator.blockingStub().addSearchAttributes(missing.build());
      }
      return true;
    } catch (StatusRuntimeException e) {
      LOG.warn(
          "search attributes can't be registered at {}, so runs go without: {}",
          engine.address(),
          e.getStatus());
      return false;
    } finally {
      operator.shutdownNow();
    }
  }
}
