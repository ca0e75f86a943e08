package dev.slipway.worker;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the worker does: the one place where workflows and activities are added. */
@Configuration(proxyBeanMethods = false)
class HostedConfiguration {
  @Bean
  Hosted hosted() {
    return new Hosted(List.of(), List.of(), List.of());
  }
}
