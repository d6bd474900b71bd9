package dev.cloister.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Database;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture. What breaks one of these is wrong, however well it works. */
class ArchitectureTest {
    private static final String ROOT = "dev.cloister.server";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cloister");

    @Test
    void onlyRepositoriesSeeTheDatabase() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .haveSimpleNameNotEndingWith("Repository")
                .and()
                .haveSimpleNameNotEndingWith("Row")
                .and()
                .haveSimpleNameNotEndingWith("Filter")
                .and()
                .resideOutsideOfPackages(ROOT + ".platform.sql", ROOT + ".platform.postgres")
                .and()
                .doNotHaveFullyQualifiedName("dev.cloister.server.access.Visibility")
                .and()
                .doNotHaveFullyQualifiedName("dev.cloister.server.audit.WriteTx")
                .and(describe(
                        "are not nested in a repository",
                        type -> !type.getName().contains("Repository$")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..", "org.postgresql..")
                .because("SQL lives in repositories, where a permit is asked for")
                .check(CLASSES);
    }

    @Test
    void onlyRoutesSeeHttp() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT + ".platform.http", ROOT + ".connection..")
                .and()
                .haveSimpleNameNotEndingWith("Routes")
                .and()
                .haveSimpleNameNotEndingWith("Handler")
                .and()
                .haveSimpleNameNotContaining("Socket")
                .and()
                .haveSimpleNameNotStartingWith("Server")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.jetty.."))
                .because("HTTP is translated at the edge")
                .check(CLASSES);
    }

    @Test
    void onlyTheAuthorizerMakesPermits() {
        for (Class<?> permit : new Class<?>[] {Permit.class, CreatePermit.class, OwnedPermit.class}) {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.cloister.server.access.Authorizer")
                    .and()
                    .doNotHaveFullyQualifiedName(permit.getName())
                    .should()
                    .callConstructorWhere(target(owner(type(permit))))
                    .check(CLASSES);
            noConstructors()
                    .that()
                    .areDeclaredIn(permit)
                    .should()
                    .bePublic()
                    .orShould()
                    .beProtected()
                    .check(CLASSES);
        }
    }

    @Test
    void onlyTransactionsHandOutAWritingTransaction() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.cloister.server.audit.Transactions")
                .should()
                .callConstructorWhere(target(owner(type(WriteTx.class))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".audit", ROOT + ".platform.sql")
                .should()
                .callMethodWhere(target(owner(type(Database.class))).and(target(name("write"))))
                .check(CLASSES);
    }

    @Test
    void theGroundKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".access..", ROOT + ".audit..", ROOT + ".platform..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + ".identity..",
                        ROOT + ".personal..",
                        ROOT + ".secret..",
                        ROOT + ".organization..",
                        ROOT + ".template..",
                        ROOT + ".workspace..",
                        ROOT + ".build..",
                        ROOT + ".connection..",
                        ROOT + ".notification..",
                        ROOT + ".deployment..",
                        ROOT + ".insight.."))
                .check(CLASSES);
    }

    @Test
    void featuresHaveNoCycles() {
        slices().matching(
                        ROOT
                                + ".(identity|personal|secret|organization|template|workspace|build|connection|notification|deployment|insight)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void deployablesDoNotSeeEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.cloister.contract..", "dev.cloister.tunnel..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + "..", "dev.cloister.gateway..", "dev.cloister.provisioner..", "dev.cloister.agent.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("dev.cloister.gateway..", "dev.cloister.provisioner..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".."))
                .check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }
}
