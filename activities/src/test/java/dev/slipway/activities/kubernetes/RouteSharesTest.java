package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouteSharesTest {
  private static final ArrayNode RULES =
      rules(
          """
          [{"matches": [{"path": {"value": "/"}}],
            "backendRefs": [{"name": "shop", "port": 80, "weight": 7}]},
           {"backendRefs": [{"name": "images", "port": 80, "weight": 1}]}]
          """);

  private static final RouteBefore NOTHING = new RouteBefore(Map.of());

  private final RouteShare share = new RouteShare("shop", "shop-preview", 5);

  private static ArrayNode rules(String json) {
    return Json.read(json.getBytes(UTF_8), ArrayNode.class);
  }

  @Test
  void aShareIsTakenFromTheRulesThatLeadToTheServiceAlone() throws Exception {
    assertThat(share.divided("web", RULES))
        .isEqualTo(
            rules(
                """
                [{"matches": [{"path": {"value": "/"}}],
                  "backendRefs": [{"name": "shop", "port": 80, "weight": 95},
                                  {"name": "shop-preview", "port": 80, "weight": 5}]},
                 {"backendRefs": [{"name": "images", "port": 80, "weight": 1}]}]
                """));
  }

  @Test
  void dividedTwiceIsDividedOnce() throws Exception {
    var once = share.divided("web", RULES);

    assertThat(share.divided("web", once)).isEqualTo(once);
  }

  @Test
  void theWayBackLeadsToWhatWasThereBefore() throws Exception {
    var before = NOTHING.with(share, RULES);

    assertThat(before.restored(share.divided("web", RULES), "shop-preview")).isEqualTo(RULES);
    assertThat(before.restored(RULES, "shop-preview")).isEqualTo(RULES);
  }

  @Test
  void eachApplicationOfARouteFindsItsOwnWayBack() throws Exception {
    var images = new RouteShare("images", "images-preview", 50);
    var rules = share.divided("web", RULES);
    var both = NOTHING.with(share, RULES).with(images, rules);
    rules = images.divided("web", rules);

    rules = both.restored(rules, "shop-preview");

    assertThat(both.without("shop-preview").restored(rules, "images-preview")).isEqualTo(RULES);
  }

  @Test
  void theWayBackIsFoundAlsoWhereTheNoteIsLost() throws Exception {
    var restored = NOTHING.restored(share.divided("web", RULES), "shop-preview");

    assertThat(restored.at("/0/backendRefs").size()).isEqualTo(1);
    assertThat(restored.at("/0/backendRefs/0/name").asText()).isEqualTo("shop");
  }

  @Test
  void aRuleThatLeadsTwiceToTheServiceIsRefused() {
    var twice =
        rules(
            "[{\"backendRefs\": [{\"name\": \"shop\", \"port\": 80},"
                + " {\"name\": \"shop\", \"port\": 81}]}]");

    assertThatThrownBy(() -> share.divided("web", twice))
        .hasMessageContaining("rule 1 of HTTPRoute web divides its traffic already");
  }

  @Test
  void theWayBackKeepsWhatSomebodyAddedMeanwhile() throws Exception {
    var changed = share.divided("web", RULES);
    changed.addObject().putArray("backendRefs").addObject().put("name", "news");

    assertThat(
            NOTHING
                .with(share, RULES)
                .restored(changed, "shop-preview")
                .get(2)
                .at("/backendRefs/0/name")
                .asText())
        .isEqualTo("news");
  }

  @Test
  void aRuleThatIsDividedAlreadyIsRefused() {
    var divided =
        rules("[{\"backendRefs\": [{\"name\": \"shop\"}, {\"name\": \"shop-of-others\"}]}]");

    assertThatThrownBy(() -> share.divided("web", divided))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("rule 1 of HTTPRoute web divides its traffic already");
  }

  @Test
  void aRouteThatLeadsElsewhereIsRefused() {
    assertThatThrownBy(() -> new RouteShare("news", "news-preview", 5).divided("web", RULES))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("no rule of HTTPRoute web leads to Service news");
  }
}
