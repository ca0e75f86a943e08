package dev.slipway.activities.database.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which account PostgreSQL runs. It refuses to run as root, which is who one is in most
 * containers.
 *
 * @param prefix what stands before each of PostgreSQL's programs
 * @param owner who must own its data; null when that is whoever we are
 */
record Account(List<String> prefix, @Nullable String owner) {
  private static final List<String> USER_NAMESPACE = List.of("unshare", "--user");
  // Keeping the right to pass other people's folders lets the data stay below a closed home.
  private static final List<String> NOBODY =
      List.of(
          "setpriv",
          "--reuid=nobody",
          "--regid=65534",
          "--clear-groups",
          "--no-new-privs",
          "--securebits=+no_setuid_fixup",
          "--inh-caps=-all,+dac_override",
          "--ambient-caps=-all,+dac_override",
          "--bounding-set=-all,+dac_override");

  /**
   * Finds one that works here.
   *
   * @param folder any folder that exists
   */
  static Account find(Path folder) throws StepFailedException, InterruptedException {
    if (!isRoot()) {
      return new Account(List.of(), null);
    }
    for (var account : candidates()) {
      var user = Programs.tryRun(account.command(List.of("id", "-u")), folder);
      if (user.isPresent() && !user.get().equals("0")) {
        return account;
      }
    }
    throw new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv` works here",
        "Run Slipway as another user, install util-linux, allow user namespaces, or name a JDBC URL"
            + " as the environment's `database`.");
  }

  /** What may work for root, best first. */
  static List<Account> candidates() {
    return List.of(new Account(USER_NAMESPACE, null), new Account(NOBODY, "nobody"));
  }

  /** A program with its arguments, as this account starts it. */
  List<String> command(List<String> program) {
    var command = new ArrayList<>(prefix);
    command.addAll(program);
    return List.copyOf(command);
  }

  /** Makes this account the owner of a folder of data. */
  void own(Path data) throws IOException {
    if (!isRoot()) {
      return;
    }
    var lookup = data.getFileSystem().getUserPrincipalLookupService();
    var principal = lookup.lookupPrincipalByName(owner == null ? "root" : owner);
    if (Files.getOwner(data).equals(principal)) {
      return;
    }
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setOwner(file, principal);
            return FileVisitResult.CONTINUE;
          }

          // The folder last: the owner of the top one says that all below it is done.
          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.setOwner(folder, principal);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }
}
