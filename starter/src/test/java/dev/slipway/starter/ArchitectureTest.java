package dev.slipway.starter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.starter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheServerKnowsTheWorker =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.slipway.starter.server")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.slipway.worker.."));

  @ArchTest
  static final ArchRule commandsLoadNoSpring =
      noClasses().should().dependOnClassesThat(resideInAPackage("org.springframework.."));

  @ArchTest
  static final ArchRule packagesAreATree =
      slices().matching("dev.slipway.starter.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatPeopleReadIsMadeWithoutLooking =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.starter.view")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.slipway.activities.."))
          .orShould()
          .dependOnClassesThat(resideInAPackage("java.nio.file.."));
}
