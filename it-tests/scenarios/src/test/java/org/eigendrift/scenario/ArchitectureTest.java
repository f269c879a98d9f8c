package org.eigendrift.scenario;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.Stability;
import org.eigendrift.api.plugin.Provider;

/** The rules of the house: who may know whom. */
@AnalyzeClasses(
        packages = "org.eigendrift",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("api", "bases", "solvers", "samplers", "targets", "engine", "cli");

    private static final DescribedPredicate<JavaClass> PRODUCT = DescribedPredicate.describe(
            "of the product",
            c -> MODULES.stream().anyMatch(m -> c.getPackageName().matches("org\\.eigendrift\\." + m + "(\\..*)?")));

    private static String in(String module) {
        return "org.eigendrift." + module + "..";
    }

    @ArchTest
    static void everyModuleWasImported(JavaClasses classes) {
        for (String module : MODULES) {
            assertTrue(
                    classes.stream().anyMatch(c -> c.getPackageName().startsWith("org.eigendrift." + module)),
                    "no class of " + module + " was imported: the other rules would pass without looking");
        }
    }

    @ArchTest
    static final ArchRule API_DEPENDS_ON_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(in("api"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(in("api"), "java..");

    @ArchTest
    static final ArchRule THE_API_SAYS_HOW_STABLE_IT_IS = classes()
            .that()
            .resideInAPackage(in("api"))
            .and()
            .arePublic()
            .should(ArchConditions.be(DescribedPredicate.describe(
                    "of a package, or themselves, with @Stability",
                    c -> c.isAnnotatedWith(Stability.class) || c.getPackage().isAnnotatedWith(Stability.class))));

    @ArchTest
    static final ArchRule BASES_SEE_THE_API_ALONE = seesOnlyTheApi("bases");

    @ArchTest
    static final ArchRule SOLVERS_SEE_THE_API_ALONE = seesOnlyTheApi("solvers");

    @ArchTest
    static final ArchRule SAMPLERS_SEE_THE_API_ALONE = seesOnlyTheApi("samplers");

    @ArchTest
    static final ArchRule TARGETS_SEE_THE_API_ALONE = seesOnlyTheApi("targets");

    @ArchTest
    static final ArchRule THE_ENGINE_MEETS_PLUGINS_THROUGH_THE_API = noClasses()
            .that()
            .resideInAPackage(in("engine"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in("bases"), in("solvers"), in("samplers"), in("targets"), in("cli"));

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_MEETS_PLUGINS_THROUGH_THE_API = noClasses()
            .that()
            .resideInAPackage(in("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in("bases"), in("solvers"), in("samplers"), in("targets"));

    private static ArchRule seesOnlyTheApi(String module) {
        String[] others = MODULES.stream()
                .filter(m -> !m.equals(module) && !m.equals("api"))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_GUICE = noClasses()
            .that()
            .resideOutsideOfPackage(in("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google..", "jakarta.inject..");

    @ArchTest
    static final ArchRule LINEAR_ALGEBRA_LIBRARIES_STAY_IN_PLUGINS = noClasses()
            .that()
            .resideInAnyPackage(in("api"), in("engine"), in("cli"), in("samplers"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ejml..", "org.ojalgo..");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("org.eigendrift.(**)").should().beFreeOfCycles();

    /** What judges given held-out scores is tested on given ones. */
    @ArchTest
    static final ArchRule JUDGES_SEE_THE_API_ALONE = onlyTheApiAnd("engine.judge");

    @ArchTest
    static final ArchRule TABLE_LAWS_SEE_THE_API_CONDITIONS_AND_KERNELS =
            onlyTheApiAnd("engine.law.table", "engine.conditional", "engine.kernel");

    @ArchTest
    static final ArchRule CONDITIONS_SEE_THE_API_AND_KERNELS = onlyTheApiAnd("engine.conditional", "engine.kernel");

    private static ArchRule onlyTheApiAnd(String own, String... others) {
        Stream<String> product =
                Stream.concat(Stream.of("api", own), Arrays.stream(others)).map(ArchitectureTest::in);
        return classes()
                .that()
                .resideInAPackage(in(own))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.concat(product, Stream.of("java..", "org.slf4j..", "org.apache.commons.numbers.."))
                                .toArray(String[]::new));
    }

    /** A law has others as members or beside it as what they can do, never as their kind. */
    @ArchTest
    static final ArchRule KINDS_OF_LAW_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("org.eigendrift.engine.law.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_CODECS_AND_FITS_KNOW_KINDS_OF_LAW = noClasses()
            .that()
            .resideInAPackage(in("engine"))
            .and()
            .resideOutsideOfPackages(in("engine.law"), in("engine.file"), in("engine.atlas"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(in("engine.law"));

    /** Nothing that is fitted or computed depends on how it is written. */
    @ArchTest
    static final ArchRule NOTHING_OF_THE_ENGINE_KNOWS_ITS_FILES = noClasses()
            .that()
            .resideInAPackage(in("engine"))
            .and()
            .resideOutsideOfPackage(in("engine.file"))
            .and()
            .doNotHaveFullyQualifiedName("org.eigendrift.engine.Eigendrift")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(in("engine.file"));

    /** The way in is for those outside. */
    @ArchTest
    static final ArchRule THE_ENGINE_DOES_NOT_ENTER_BY_ITS_FACADE = noClasses()
            .that()
            .resideInAPackage("org.eigendrift.engine.(**)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eigendrift.engine");

    /** What checks plugins stands below all that meets them. */
    @ArchTest
    static final ArchRule CHECKS_SEE_THE_API_ALONE = onlyTheApiAnd("engine.check");

    @ArchTest
    static final ArchRule NOTHING_OUTSIDE_THE_COMMAND_LINE_PRINTS = noClasses()
            .that(PRODUCT)
            .and()
            .resideOutsideOfPackage(in("cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule RANDOM_NUMBERS_ARE_KEYED = noClasses()
            .that(PRODUCT)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.random..")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule THREADS_COME_FROM_ONE_POOL = noClasses()
            .that(PRODUCT)
            .and()
            .doNotHaveFullyQualifiedName("org.eigendrift.api.Parallel")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.concurrent\\.(Executors|ForkJoinPool|ThreadPoolExecutor)");

    @ArchTest
    static final ArchRule API_TYPES_ARE_CLOSED = classes()
            .that()
            .resideInAPackage(in("api"))
            .and()
            .arePublic()
            .should(ArchConditions.be(DescribedPredicate.describe(
                    "interfaces, records, enums, sealed or final",
                    c -> c.isInterface()
                            || c.isRecord()
                            || c.isEnum()
                            || c.getModifiers().contains(JavaModifier.FINAL))));

    @ArchTest
    static final ArchRule PROVIDERS_ARE_PUBLIC_AND_FINAL = classes()
            .that()
            .areAssignableTo(Provider.class)
            .and()
            .areNotInterfaces()
            .and(PRODUCT)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);
}
