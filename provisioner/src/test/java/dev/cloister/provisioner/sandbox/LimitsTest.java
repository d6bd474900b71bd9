package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static Lab lab;
    private static UUID inside;
    private static UUID neighbour;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab();
        inside = lab.started(Lab.SMALL);
        neighbour = lab.started(Lab.SMALL);
    }

    @AfterAll
    static void end() throws Exception {
        lab.close();
    }

    @AfterEach
    void theNeighbourIsUnharmed() throws Exception {
        assertThat(lab.run(neighbour, "echo unharmed")).startsWith("unharmed");
    }

    @Test
    void aMemoryHogIsEndedAndNobodyElse() throws Exception {
        var starts = lab.run(inside, "wc -l < ~/starts");
        assertThat(lab.run(inside, "perl -e '$x = \"a\" x (1 << 30); print \"grew\"'"))
                .doesNotContain("grew")
                .doesNotContain("status 0");
        assertThat(lab.run(inside, "wc -l < ~/starts")).isEqualTo(starts);
        assertThat(
                        lab.run(
                                inside,
                                "head -c 1G /dev/zero > /dev/shm/big; ls -s --block-size=1M /dev/shm/big | cut -d' ' -f1; rm /dev/shm/big"))
                .containsPattern("(^|\\n)[0-9]{1,2}\\n");
    }

    @Test
    void processesAreBounded() throws Exception {
        var said = lab.run(inside, """
                perl -e 'my $n = 0; while ($n < 500) { my $p = fork(); last unless defined $p; if (!$p) { sleep 60; exit }
                    $n++; push @p, $p } print "$n\\n"; kill 9, @p; wait for @p'
                """);
        assertThat(Integer.parseInt(said.lines().findFirst().orElse(""))).isBetween(30, 64);
        assertThat(lab.run(inside, "echo recovered")).startsWith("recovered");
    }

    @Test
    void aForkBombEndsWithItsWorkspace() throws Exception {
        var bomber = lab.started(Lab.SMALL);
        lab.submit(bomber, "perl -e 'fork while 1'");
        Lab.await("the bomb", Lab.PATIENCE, () -> lab.processes(bomber).size() > 40);
        lab.stop(bomber);
        assertThat(lab.processes(bomber)).isEmpty();
        assertThat(lab.engine().running(bomber)).isFalse();
    }

    @Test
    @RootOnly
    void processorTimeIsBounded() throws Exception {
        var said = lab.run(inside, """
                for i in 1 2 3; do timeout 2 sh -c 'while :; do :; done' & done
                wait
                awk '{ print $14 + $15 + $16 + $17 }' /proc/$$/stat
                """);
        // Hundredths of a second: half a processor for two seconds, and some for the throttling's granularity.
        assertThat(Integer.parseInt(said.lines().findFirst().orElse(""))).isBetween(10, 160);
    }

    @Test
    @RootOnly
    void aFullDiskIsTheWorkspacesOwn() throws Exception {
        assertThat(lab.run(
                        inside, "head -c 1G /dev/zero > ~/big; echo $?; ls -s --block-size=1M ~/big | cut -d' ' -f1"))
                .contains("No space left on device")
                .containsPattern("\\n1\\n[0-9]+\\n");
        lab.run(inside, "rm ~/big");
        assertThat(Files.size(lab.workspace(inside).homeImage())).isLessThanOrEqualTo(300 << 20);
    }

    @Test
    @RootOnly
    void theHomeGrowsWithTheTemplateAndNeverShrinks() throws Exception {
        lab.run(inside, "echo kept > ~/file");
        lab.stop(inside);
        lab.start(inside, Lab.SMALL.replace("disk: 64MiB", "disk: 300MiB"));
        assertThat(lab.run(inside, "cat ~/file; df -m ~ | awk 'END { print ($2 > 200) }'"))
                .startsWith("kept\n1\n");
        lab.stop(inside);
        lab.start(inside, Lab.SMALL);
        assertThat(lab.run(inside, "cat ~/file; df -m ~ | awk 'END { print ($2 > 200) }'"))
                .startsWith("kept\n1\n");
    }
}
