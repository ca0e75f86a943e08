package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

final class AppliedFieldsTest {
  private static Deployment live(String manager, String operation) {
    return Serialization.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
          namespace: prod
          resourceVersion: "7"
          annotations: {ours: "1", theirs: "2"}
          managedFields:
          - manager: %s
            operation: %s
            fieldsV1:
              f:metadata:
                f:annotations: {"f:ours": {}}
              f:spec:
                f:replicas: {}
                f:selector: {}
                f:template:
                  f:spec:
                    f:containers:
                      'k:{"name":"web"}':
                        .: {}
                        f:name: {}
                        f:image: {}
                        f:args: {}
                        f:ports:
                          'k:{"containerPort":8080,"protocol":"TCP"}':
                            .: {}
                            f:containerPort: {}
          - manager: kubectl
            operation: Update
            fieldsV1: {"f:spec": {"f:paused": {}}}
        spec:
          replicas: 3
          paused: true
          selector: {matchLabels: {app: shop}}
          template:
            spec:
              containers:
              - name: sidecar
                image: theirs
              - name: web
                image: ours
                args: [a, b]
                imagePullPolicy: Always
                ports:
                - {containerPort: 9090, protocol: TCP, name: admin}
                - {containerPort: 8080, protocol: TCP, name: http}
        status: {replicas: 3}
        """
            .formatted(manager, operation),
        Deployment.class);
  }

  @Test
  void whatWeAppliedIsFoundAmongWhatIsThere() {
    var ours = AppliedFields.of(live(Marks.MANAGER, "Apply"));

    assertThat(ours)
        .isEqualTo(
            Serialization.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: shop
                  namespace: prod
                  resourceVersion: "7"
                  annotations: {ours: "1"}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: shop}}
                  template:
                    spec:
                      containers:
                      - name: web
                        image: ours
                        args: [a, b]
                        ports:
                        - {containerPort: 8080, protocol: TCP}
                """,
                Deployment.class));
  }

  @Test
  void whatOthersOrWeWroteInAnotherWayIsNotOurs() {
    for (var live : new Deployment[] {live("helm", "Apply"), live(Marks.MANAGER, "Update")}) {
      var ours = AppliedFields.of(live);

      assertThat(ours.getMetadata().getName()).isEqualTo("shop");
      assertThat(ours.getMetadata().getAnnotations()).isEmpty();
      assertThat(ours.getSpec().getReplicas()).isNull();
      assertThat(ours.getSpec().getTemplate()).isNull();
    }
  }
}
