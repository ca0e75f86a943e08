package dev.slipway.activities.step;

import dev.slipway.action.Params;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepRequest;
import java.nio.file.Path;
import java.util.Map;

/** What every action gets: its request, a workspace of this attempt alone, a log and the store. */
public interface StepContext {
  StepRequest request();

  /** The request's parameters with every reference resolved, secrets included. */
  Params params() throws StepFailedException, InterruptedException;

  /** The step's variables with every reference resolved, secrets included. */
  Map<String, String> env() throws StepFailedException, InterruptedException;

  /** Another text, such as an environment's, with every reference resolved, secrets included. */
  String resolve(String text) throws StepFailedException, InterruptedException;

  /**
   * The folder with the commit's files, unpacked at the first call; it is removed after the
   * attempt.
   */
  Path workspace() throws StepFailedException, InterruptedException;

  /** The step's directory inside the workspace; it exists and is not outside of it. */
  Path directory() throws StepFailedException, InterruptedException;

  /** A folder of this attempt alone, outside the workspace; it is removed after the attempt. */
  Path temp();

  /**
   * Runs this attempt's programs, in {@link #directory()} or wherever the command says; what they
   * leave behind ends with them.
   */
  ProcessRunner processes();

  /** What the step says while it works: streamed, masked, bounded. */
  StepLog log();

  Store store();

  /** The environment of the step's stage. */
  EnvironmentGrant environment() throws StepFailedException;

  /** Keeps a file or folder as the step's artifact; the same files give the same digest. */
  ArtifactRef keep(String name, Path content) throws StepFailedException, InterruptedException;

  /** What an earlier step kept under that name. */
  ArtifactRef artifact(String name) throws StepFailedException;

  /** Unpacks an artifact into a folder, which is made. */
  void unpack(ArtifactRef artifact, Path folder) throws StepFailedException, InterruptedException;
}
