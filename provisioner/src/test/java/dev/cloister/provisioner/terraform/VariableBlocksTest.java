package dev.cloister.provisioner.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TemplateVariable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VariableBlocksTest {
    private static List<TemplateVariable> read(String text) {
        return new VariableBlocks(text).read();
    }

    @Test
    void argumentsAreReadAsTheyAreWritten() {
        assertThat(read("""
                # variable "no" {}
                locals { a = "variable \\"x\\" {" }
                variable "a" {
                  type        = list(string) // of names
                  default     = ["a", "b{"]
                  description = "Names \\"of\\" ${"things"}"
                }
                resource "x" "y" {
                  variable = 1
                  text = <<-EOT
                    variable "not_this" {
                    EOT
                }
                variable "b" { type = number }
                variable "c" {
                  default   = "s"
                  sensitive = true
                  validation {
                    condition     = length(var.c) > 1
                    error_message = "No }"
                  }
                }
                variable d { default = null }
                variable "e" {
                  default = {
                    k = "v"
                  }
                  type = object({
                    k = string
                  })
                }
                """))
                .containsExactly(
                        new TemplateVariable(
                                "a", "Names \"of\" ${\"things\"}", "list(string)", "[\"a\", \"b{\"]", false),
                        new TemplateVariable("b", "", "number", null, false),
                        new TemplateVariable("c", "", "any", "s", true),
                        new TemplateVariable("d", "", "any", "", false),
                        new TemplateVariable(
                                "e", "", "object({\n    k = string\n  })", "{\n    k = \"v\"\n  }", false));
    }

    @Test
    void aDirectoryWithAWorkspaceFileIsNotTerraforms() throws Exception {
        byte[] any = new byte[0];
        assertThat(Configuration.isIn(TemplateSource.of(Map.of("main.tf", any))))
                .isTrue();
        assertThat(Configuration.isIn(TemplateSource.of(Map.of("main.tf", any, "workspace.yaml", any))))
                .isFalse();
        assertThat(Configuration.isIn(TemplateSource.of(Map.of("modules/main.tf", any))))
                .isFalse();
    }

    @Test
    void whatIsNoHclEndsAllTheSame() {
        for (String text : List.of(
                "variable",
                "variable \"",
                "variable \"a\" {",
                "{{{",
                "\"${\"${",
                "<<",
                "<<A",
                "/*",
                "=",
                "variable \"a\" { default = ")) {
            read(text);
        }
        assertThat(read("}}} variable \"a\" {}")).hasSize(1);
    }
}
