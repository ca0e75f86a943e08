package dev.slipway.activities.npm;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Installs exactly what the lock file names. */
final class NpmInstall {
  // Builds need development dependencies, whatever NODE_ENV says.
  private static final List<String> ARGUMENTS =
      List.of("npm", "ci", "--include=dev", "--no-audit", "--no-fund");

  private static final Pattern ERROR = Pattern.compile("npm (?:error|ERR!) (.*)");
  private static final Pattern CODE = Pattern.compile("code (\\S+)");
  private static final Pattern NETWORK =
      Pattern.compile(
          "ECONN\\w+|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|EAI_\\w+|ENOTFOUND"
              + "|EHOSTUNREACH|ENETUNREACH|EPIPE|ERR_STREAM_PREMATURE_CLOSE|FETCH_ERROR"
              + "|E429|E5\\d\\d");
  private static final Pattern SETTINGS =
      Pattern.compile(
          "E40\\d|E41\\d|EUSAGE|ETARGET|ERESOLVE|EBADENGINE|EBADPLATFORM|ENEEDAUTH|EINTEGRITY"
              + "|EJSONPARSE|EINVALIDTAGNAME|EINVALIDPACKAGENAME|ENOVERSIONS"
              + "|\\w*CERT\\w*|SELF_SIGNED\\w*|UNABLE_TO_\\w+");
  private static final Pattern MACHINE = Pattern.compile("ENOSPC|EACCES|EPERM|EMFILE|ENOMEM|EROFS");
  private static final int SHOWN = 6;

  private NpmInstall() {}

  /**
   * @param directory has package.json and the lock file
   * @throws StepFailedException TRANSIENT when the registry did not answer, CONFIGURATION when the
   *     lock file can't be installed, BUILD_FAILED when a dependency's own script failed
   */
  static void run(StepContext step, Path directory)
      throws StepFailedException, InterruptedException {
    var errors = new ConcurrentLinkedQueue<String>();
    var command =
        Command.of(directory, ARGUMENTS).withEnv(step.env()).withEnv(Map.of("CI", "true"));
    var exit =
        step.processes()
            .run(
                command,
                line -> {
                  step.log().line(line);
                  var error = ERROR.matcher(line);
                  if (error.matches() && errors.size() < 100) {
                    errors.add(error.group(1));
                  }
                });
    if (!exit.isSuccess()) {
      throw failure(List.copyOf(errors), exit.code());
    }
  }

  private static StepFailedException failure(List<String> errors, int exit) {
    var code =
        errors.stream()
            .map(CODE::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(match -> match.group(1))
            .findFirst()
            .orElse("");
    var said =
        String.join(
            " ", errors.stream().filter(line -> !line.startsWith("code ")).limit(SHOWN).toList());
    var happened =
        "`npm ci` ended with code %d%s"
            .formatted(exit, code.isEmpty() || code.matches("\\d+") ? "" : " (" + code + ")");
    if (NETWORK.matcher(code).matches()) {
      return new StepFailedException(
          FailureType.TRANSIENT,
          happened + ": the registry could not be reached",
          "Is the worker's network, proxy and `npm config get registry` right? npm said: " + said);
    }
    if (SETTINGS.matcher(code).matches()) {
      return new StepFailedException(FailureType.CONFIGURATION, happened, advice(code) + said);
    }
    if (MACHINE.matcher(code).matches()) {
      return new StepFailedException(
          FailureType.INFRASTRUCTURE, happened, "Look at the worker's disk and rights: " + said);
    }
    return new StepFailedException(
        FailureType.BUILD_FAILED,
        happened + ": a dependency could not be installed",
        said.isEmpty() ? "See the log for what it said." : "npm said: " + said);
  }

  private static String advice(String code) {
    return switch (code) {
      case "EUSAGE" ->
          "Do package.json and package-lock.json belong together? Run `npm install` and commit"
              + " both. npm said: ";
      case "E404", "ETARGET", "ENOVERSIONS" ->
          "Does the registry that the worker uses have that package and version? npm said: ";
      case "E401", "E403", "ENEEDAUTH" ->
          "The registry asks who this is: hand a token over in the step's `env` and name it in"
              + " .npmrc. npm said: ";
      case "EINTEGRITY" ->
          "The registry's package is not the one that was locked. Find out why before anything is"
              + " locked anew. npm said: ";
      default -> "npm said: ";
    };
  }
}
