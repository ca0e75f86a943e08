package dev.slipway.worker;

import dev.slipway.worker.engine.Engine;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Starts the workers as the last of all beans, and ends them as the first. */
@Configuration(proxyBeanMethods = false)
@Import({EngineConfiguration.class, HostedConfiguration.class})
class WorkerConfiguration {
  @Bean
  Workers workers(WorkflowClient client, Engine engine, Hosted hosted, WorkerSettings settings) {
    return Workers.start(client, engine, hosted, settings);
  }
}
