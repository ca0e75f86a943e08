package dev.slipway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Workflow code does the same in every replay: no I/O, no clock, no order of hashes. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PURE_PLATFORM = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.nio",
    "java.nio.charset",
    "java.security",
    "java.time..",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
  };

  private static final List<String> FORBIDDEN_OWNERS =
      List.of(
          "java.lang.Thread",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.ThreadLocal",
          "java.util.Random",
          "java.util.Timer",
          "java.time.Clock");

  private static final List<String> HASH_COLLECTIONS =
      List.of(
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.util.Hashtable");

  private static final List<String> HASH_COLLECTORS =
      List.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap", "toConcurrentMap");

  private static final DescribedPredicate<HasName> PURE_TYPES =
      name(IOException.class.getName())
          .or(name(UncheckedIOException.class.getName()))
          .or(name(Serializable.class.getName()))
          .or(name(URI.class.getName()))
          .or(name(URISyntaxException.class.getName()))
          .or(name("com.google.protobuf.ByteString"))
          .as("values and exceptions without side effects");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.slipway.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyAllowedDependencies =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE_PLATFORM)
                  .or(PURE_TYPES)
                  .or(
                      resideInAnyPackage(
                          "dev.slipway..",
                          "io.temporal..",
                          "com.fasterxml.jackson..",
                          "org.snakeyaml.engine..",
                          "org.jspecify..",
                          "org.slf4j"))
                  .or(are(primitiveOrArray())));

  @ArchTest
  static final ArchRule onlyTheReaderKnowsYaml =
      noClasses()
          .that(resideInAPackage("dev.slipway..").and(notIn("dev.slipway.pipeline.yaml")))
          .should()
          .dependOnClassesThat(resideInAPackage("org.snakeyaml.."));

  @ArchTest
  static final ArchRule noClockNoThreadsNoChance =
      noClasses()
          .should()
          .accessTargetWhere(
              target(
                  "the clock, threads, chance or the machine's settings",
                  access ->
                      isClock(access)
                          || FORBIDDEN_OWNERS.contains(access.getTargetOwner().getName())
                          || isSystem(access)));

  @ArchTest
  static final ArchRule noOrderOfHashes =
      noClasses()
          .should()
          .accessTargetWhere(
              target(
                  "collections whose order differs from one Java process to the next",
                  ArchitectureTest::isHashOrdered))
          .because("workflows must replay in the same order; use LinkedHashMap, TreeMap or List");

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses all) {
    var unmarked =
        packages(all.getPackage("dev.slipway"))
            .filter(found -> !found.getClasses().isEmpty())
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).isEmpty();
  }

  private static Stream<JavaPackage> packages(JavaPackage root) {
    return Stream.concat(
        Stream.of(root), root.getSubpackages().stream().flatMap(ArchitectureTest::packages));
  }

  private static boolean isClock(JavaAccess<?> access) {
    return access.getTargetOwner().getPackageName().equals("java.time")
        && access.getTarget().getName().equals("now");
  }

  private static boolean isSystem(JavaAccess<?> access) {
    var member = access.getTarget().getName();
    return switch (access.getTargetOwner().getName()) {
      case "java.lang.System" -> !member.equals("arraycopy");
      case "java.util.UUID" -> member.equals("randomUUID");
      case "java.lang.Math" -> member.equals("random");
      default -> false;
    };
  }

  private static boolean isHashOrdered(JavaAccess<?> access) {
    var owner = access.getTargetOwner().getName();
    var method = access.getTarget().getName();
    var arguments =
        access.getTarget() instanceof CodeUnitAccessTarget target
            ? target.getRawParameterTypes()
            : List.<JavaClass>of();
    return switch (owner) {
      case "java.util.Set" -> method.equals("copyOf") || isSeveral(method, arguments, 1);
      case "java.util.Map" ->
          method.equals("copyOf") || method.equals("ofEntries") || isSeveral(method, arguments, 2);
      case "java.util.stream.Collectors" ->
          HASH_COLLECTORS.contains(method)
              || (method.equals("toMap") && arguments.size() < 4)
              || (method.equals("groupingBy") && arguments.size() < 3);
      default -> HASH_COLLECTIONS.contains(owner) && method.equals("<init>");
    };
  }

  /** One element, or one pair, has only one order; an array may hold more. */
  private static boolean isSeveral(String method, List<JavaClass> arguments, int most) {
    return method.equals("of")
        && (arguments.size() > most || arguments.stream().anyMatch(JavaClass::isArray));
  }

  private static DescribedPredicate<JavaAccess<?>> target(
      String description, Predicate<JavaAccess<?>> test) {
    return DescribedPredicate.describe(description, test);
  }

  private static DescribedPredicate<JavaClass> notIn(String name) {
    return DescribedPredicate.not(resideInAPackage(name));
  }

  private static DescribedPredicate<JavaClass> primitiveOrArray() {
    return DescribedPredicate.describe(
        "primitive or array", type -> type.isPrimitive() || type.isArray());
  }
}
