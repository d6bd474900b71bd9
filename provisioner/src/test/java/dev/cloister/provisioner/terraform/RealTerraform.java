package dev.cloister.provisioner.terraform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that need the real program; where there is none they say so and are skipped. */
public final class RealTerraform implements ExecutionCondition {
    /** The program on the path. */
    public static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(directory -> Stream.of("terraform", "tofu").map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (program().isPresent()) {
            return ConditionEvaluationResult.enabled("terraform is here");
        }
        String reason = context.getDisplayName() + " is skipped: neither terraform nor tofu is on the PATH";
        System.err.println(reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
