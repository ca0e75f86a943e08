package dev.slipway.activities.local.supervisor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** The operating system's session that a process belongs to. */
final class Session {
  private Session() {}

  /**
   * Makes this process the leader of a session of its own ({@code setsid(2)}), so that neither a
   * terminal's Ctrl-C nor its end reaches it or what it starts.
   */
  // Calling the C library is what this class is for; it is one function without pointers.
  @SuppressWarnings("restricted")
  static void lead() {
    var linker = Linker.nativeLinker();
    var setsid =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setsid"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    try {
      // Minus one says that it leads one already.
      var ignored = (int) setsid.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("setsid can't be called", e);
    }
  }
}
