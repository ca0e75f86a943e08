package dev.slipway.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.slipway.activities",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {
  @ArchTest
  static final ArchRule packagesFormATree =
      slices().matching("dev.slipway.activities.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule programsAreStartedInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages("..process..", "..local..", "..database.postgres..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .because("a process that no runner knows is not ended with its step");

  @ArchTest
  static final ArchRule noProgramIsStartedBehindTheRunner =
      noClasses()
          .should()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class);

  @ArchTest
  static final ArchRule databasesHaveAPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..database..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.postgresql..", "org.flywaydb..", "io.zonky..");

  @ArchTest
  static final ArchRule theProxyHasAPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertow..", "org.xnio..");

  @ArchTest
  static final ArchRule archivesHaveAPackage =
      noClasses()
          .that()
          .resideOutsideOfPackages("..archive..", "..database.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.commons.compress..", "org.tukaani..");

  @ArchTest
  static final ArchRule theDockerEngineHasAPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..docker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule clustersHaveAPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..");

  @ArchTest
  static final ArchRule actionsKnowNoEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("..step..", "..run..", "..environment..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.temporal..")
          .because("an action is told what to do by its request alone");
}
