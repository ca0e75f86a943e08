package dev.slipway.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.store.FolderStore;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEntry;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.HoldLifted;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.SchemaOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final EnvironmentId PRODUCTION = new EnvironmentId("shop", "production");
  private static final String COMMIT = "0123456789".repeat(4);

  @TempDir private Path folder;
  private FolderStore store;
  private Ledger ledger;

  @BeforeEach
  void open() throws IOException {
    store = FolderStore.open(folder);
    ledger = new Ledger(store, Clock.systemUTC());
  }

  @Test
  void eachEntryNamesTheDigestOfTheOneBefore() throws IOException {
    append(event(1), event(2), event(3));

    var entries = ledger.view(PRODUCTION).entries();
    assertThat(entries).extracting(LedgerEntry::sequence).containsExactly(1L, 2L, 3L);
    assertThat(entries)
        .extracting(LedgerEntry::previous)
        .containsExactly(null, digest(1), digest(2));
  }

  @Test
  void theSameEventTwiceIsOnce() throws IOException {
    var first = ledger.append(PRODUCTION, event(1));
    ledger.append(PRODUCTION, event(2));

    assertThat(ledger.append(PRODUCTION, event(1))).isEqualTo(first);
    assertThat(ledger.view(PRODUCTION).entries()).hasSize(2);
  }

  @Test
  void theSameEventFromManyAtOnceIsOnce() throws Exception {
    var works = new ArrayList<Callable<LedgerEntry>>();
    for (var i = 0; i < 8; i++) {
      works.add(() -> ledger.append(PRODUCTION, event(1)));
    }

    assertThat(atOnce(works)).hasSize(8).containsOnly(ledger.append(PRODUCTION, event(1)));
    assertThat(ledger.view(PRODUCTION).entries()).hasSize(1);
  }

  @Test
  void differentEventsAtOnceAllGetIntoOneChain() throws Exception {
    var works = new ArrayList<Callable<LedgerEntry>>();
    for (var i = 1; i <= 8; i++) {
      var event = event(i);
      works.add(() -> new Ledger(store, Clock.systemUTC()).append(PRODUCTION, event));
    }

    assertThat(atOnce(works))
        .extracting(LedgerEntry::sequence)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(ledger.view(PRODUCTION).entries())
        .extracting(LedgerEntry::event)
        .doesNotHaveDuplicates()
        .hasSize(8);
  }

  @Test
  void aHoldThatCameBackIsLiftedAnewAndOnce() throws IOException {
    var lift = new HoldLifted(COMMIT, "bea");
    append(rolledBack(1), lift, lift);
    assertThat(ledger.view(PRODUCTION).entries()).hasSize(2);

    append(rolledBack(2));
    assertThat(ledger.view(PRODUCTION).heldCommits()).containsExactly(COMMIT);
    var second = ledger.append(PRODUCTION, lift);

    assertThat(second.sequence()).isEqualTo(4);
    assertThat(ledger.append(PRODUCTION, lift)).isEqualTo(second);
    assertThat(ledger.view(PRODUCTION).heldCommits()).isEmpty();
  }

  @Test
  void aChangedEntryIsRefused() throws IOException {
    append(event(1), event(2), event(3));
    var file = file("000002");
    Files.writeString(file, Files.readString(file).replace("rejected", "Rejected"));

    refused("000003", "not as written");
  }

  @Test
  void anUnreadableEntryIsRefused() throws IOException {
    append(event(1), event(2));
    Files.writeString(file("000002"), "{\"sequence\":");

    refused("000002", "can't be read");
  }

  @Test
  void aMissingEntryIsRefused() throws IOException {
    append(event(1), event(2), event(3));
    Files.delete(file("000002"));

    refused("000002", "is gone");
  }

  @Test
  void anEntryOfSomebodyElseIsRefused() throws IOException {
    append(event(1), event(2));
    Files.copy(file("000002"), file("000003"));

    refused("000003", "another one's copy");
  }

  @Test
  void aFileThatIsNoEntryIsRefused() throws IOException {
    append(event(1));
    Files.writeString(file("notes"), "{}");

    refused("notes", "was added");
  }

  @Test
  void anEndThatWasCutOffIsRefusedByWhoeverKnowsOfIt() throws IOException {
    append(event(1));
    var head = ledger.append(PRODUCTION, event(2), null).head();
    append(event(3));
    assertThat(ledger.view(PRODUCTION, head).entries()).hasSize(3);

    Files.delete(file("000003"));
    assertThat(ledger.view(PRODUCTION, head).entries()).hasSize(2);

    Files.delete(file("000002"));
    assertThat(ledger.view(PRODUCTION).entries()).hasSize(1);
    assertThatThrownBy(() -> ledger.view(PRODUCTION, head))
        .isInstanceOf(BrokenLedgerException.class)
        .hasMessageContaining("000002")
        .hasMessageContaining("is gone");
    assertThatThrownBy(() -> ledger.append(PRODUCTION, event(4), head))
        .isInstanceOf(BrokenLedgerException.class);
    assertThat(ledger.view(PRODUCTION).entries()).hasSize(1);
  }

  @Test
  void aLastEntryThatWasChangedIsRefusedByWhoeverKnowsOfIt() throws IOException {
    var head = ledger.append(PRODUCTION, event(1), null).head();
    var file = file("000001");

    Files.writeString(file, Files.readString(file).replace("rejected", "Rejected"));

    assertThatThrownBy(() -> ledger.view(PRODUCTION, head))
        .isInstanceOf(BrokenLedgerException.class);
  }

  private void refused(String entry, String how) {
    assertThatThrownBy(() -> ledger.view(PRODUCTION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the ledger of shop/production was changed")
        .hasMessageContaining(entry)
        .hasMessageContaining(how);
    assertThatThrownBy(() -> ledger.append(PRODUCTION, event(9))).isInstanceOf(IOException.class);
  }

  private void append(LedgerEvent... events) throws IOException {
    for (var event : events) {
      ledger.append(PRODUCTION, event);
    }
  }

  private static Discredited event(long release) {
    return new Discredited(release, release, "rejected");
  }

  private static RolledBack rolledBack(long run) {
    return new RolledBack(
        run, -1, run, COMMIT, "bea", "broken", true, new SchemaOutcome(null, "none"));
  }

  private static List<LedgerEntry> atOnce(List<Callable<LedgerEntry>> works) throws Exception {
    var entries = new ArrayList<LedgerEntry>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var entry : threads.invokeAll(works)) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  private Digest digest(long sequence) throws IOException {
    return Digest.of(store.read(LedgerEntry.name(PRODUCTION, sequence)).orElseThrow());
  }

  private Path file(String entry) {
    return folder.resolve("names").resolve(LedgerEntry.folder(PRODUCTION)).resolve(entry);
  }
}
