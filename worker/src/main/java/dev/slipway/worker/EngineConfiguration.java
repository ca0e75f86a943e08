package dev.slipway.worker;

import dev.slipway.json.Payloads;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.EngineConnection;
import dev.slipway.worker.engine.EngineDescription;
import dev.slipway.worker.engine.EngineFailedException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to the engine, which itself is opened before the beans are made. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
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
