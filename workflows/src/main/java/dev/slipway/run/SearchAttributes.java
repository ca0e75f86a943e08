package dev.slipway.run;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/**
 * How runs are found in Temporal. An engine that does not know these attributes fails every
 * workflow task that sets them, so they are set only where the worker found or registered them.
 */
public final class SearchAttributes {
  public static final SearchAttributeKey<String> APPLICATION =
      SearchAttributeKey.forKeyword("SlipwayApplication");
  public static final SearchAttributeKey<String> COMMIT =
      SearchAttributeKey.forKeyword("SlipwayCommit");
  public static final SearchAttributeKey<String> ENVIRONMENT =
      SearchAttributeKey.forKeyword("SlipwayEnvironment");
  public static final SearchAttributeKey<String> STAGE =
      SearchAttributeKey.forKeyword("SlipwayStage");
  public static final SearchAttributeKey<String> OUTCOME =
      SearchAttributeKey.forKeyword("SlipwayOutcome");

  /** Every attribute; all are keywords. */
  public static final List<SearchAttributeKey<String>> ALL =
      List.of(APPLICATION, COMMIT, ENVIRONMENT, STAGE, OUTCOME);

  private SearchAttributes() {}
}
