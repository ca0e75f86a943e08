package dev.slipway.worker;

import dev.slipway.json.Payloads;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.EngineConnection;
import dev.slipway.worker.engine.EngineDescription;
import dev.slipway.worker.engine.EngineFailedException;
import dev.slipway.worker.engine.EngineSource;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine, which outlives its connection, which outlives the workers. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
  @Bean
  Engine engine(EngineSource source) throws EngineFailedException, InterruptedException {
    return source.open();
  }

  @Bean
  EngineConnection engineConnection(Engine engine) throws EngineFailedException {
    return EngineConnection.open(engine);
  }

  @Bean
  EngineDescription engineDescription(EngineConnection connection) {
    return connection.description();
  }

  @Bean
  WorkflowClient workflowClient(EngineConnection connection) {
    return WorkflowClient.newInstance(
        connection.stubs(),
        WorkflowClientOptions.newBuilder()
            .setNamespace(connection.description().namespace())
            .setDataConverter(Payloads.converter())
            .build());
  }
}
