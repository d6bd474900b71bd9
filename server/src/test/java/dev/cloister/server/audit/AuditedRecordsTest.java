package dev.cloister.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every component of an audited record is tracked, masked or ignored: a new field cannot be forgotten. */
class AuditedRecordsTest {
    private static final List<String> SECRET_WORDS = List.of("password", "secret", "token", "privatekey");

    private static List<Class<?>> auditedRecords() {
        List<Class<?>> found = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.cloister.server")
                        .stream()
                        .filter(type -> type.isAssignableTo(Audited.class) && !type.isInterface())
                        .<Class<?>>map(type -> type.reflect())
                        .toList();
        assertThat(found).isNotEmpty().allMatch(Class::isRecord);
        return found;
    }

    @Test
    void everyComponentIsClassifiedOnce() {
        for (Class<?> record : auditedRecords()) {
            for (RecordComponent component : record.getRecordComponents()) {
                long kinds = Stream.of(Audited.Tracked.class, Audited.Masked.class, Audited.Ignored.class)
                        .filter(component::isAnnotationPresent)
                        .count();
                assertThat(kinds)
                        .as(
                                "%s.%s must be exactly one of @Tracked, @Masked, @Ignored",
                                record.getName(), component.getName())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void nothingThatIsCalledASecretIsTracked() {
        for (Class<?> record : auditedRecords()) {
            for (RecordComponent component : record.getRecordComponents()) {
                String name = component.getName().toLowerCase(java.util.Locale.ROOT);
                if (SECRET_WORDS.stream().anyMatch(name::contains) && !name.endsWith("name")) {
                    assertThat(component.isAnnotationPresent(Audited.Tracked.class))
                            .as("%s.%s", record.getName(), component.getName())
                            .isFalse();
                }
            }
        }
    }
}
