package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program for every architecture, on an interpreter of the few instructions it uses. */
class SeccompFilterTest {
    private static final int ALLOW = 0x7fff_0000;
    private static final int KILL = 0x8000_0000;
    private static final int ERROR = 0x0005_0000;

    @ParameterizedTest
    @EnumSource
    void deniedCallsAreErrorsAndOthersPass(Architecture architecture) {
        for (var number = 0; number < 600; number++) {
            var expected = number > SystemCalls.NEWEST
                            || number == architecture.calls().clone3()
                    ? ERROR | 38
                    : architecture.calls().denied().contains(number) ? ERROR | 1 : ALLOW;
            if (number != architecture.calls().socket()
                    && number != architecture.calls().personality()) {
                assertThat(run(architecture, number, 0, 0)).as("call " + number).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void programsOfOtherArchitecturesAreEnded(Architecture architecture) {
        // AUDIT_ARCH_I386 and AUDIT_ARCH_ARM.
        assertThat(interpret(architecture, 0x4000_0003, 0, 0, 0)).isEqualTo(KILL);
        assertThat(interpret(architecture, 0x4000_0028, 0, 0, 0)).isEqualTo(KILL);
        assertThat(run(architecture, 0x4000_0000 + 1, 0, 0)).isEqualTo(ERROR | 38);
        assertThat(run(architecture, -1, 0, 0)).isEqualTo(ERROR | 38);
    }

    @ParameterizedTest
    @EnumSource
    void argumentsDecideWhereTheCallAloneDoesNot(Architecture architecture) {
        var calls = architecture.calls();
        assertThat(run(architecture, calls.cloneCall(), 0x0100_0011, 0)).isEqualTo(ALLOW);
        for (var flag :
                new int[] {0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000}) {
            assertThat(run(architecture, calls.cloneCall(), flag | 17, 0)).isEqualTo(ERROR | 1);
        }
        assertThat(run(architecture, calls.ioctl(), 0, 0x5412)).isEqualTo(ERROR | 1);
        assertThat(run(architecture, calls.ioctl(), 0, 0x541C)).isEqualTo(ERROR | 1);
        assertThat(run(architecture, calls.ioctl(), 0, 0x5413)).isEqualTo(ALLOW);
        assertThat(run(architecture, calls.socket(), 40, 1)).isEqualTo(ERROR | 97);
        assertThat(run(architecture, calls.socket(), 1, 1)).isEqualTo(ALLOW);
        assertThat(run(architecture, calls.personality(), 8, 0)).isEqualTo(ALLOW);
        assertThat(run(architecture, calls.personality(), 0x0400_0000, 0)).isEqualTo(ERROR | 1);
    }

    @Test
    void theProgramsAreShortEnoughForTheKernel() {
        for (var architecture : Architecture.values()) {
            assertThat(SeccompFilter.forArchitecture(architecture).length / 8).isLessThan(4096);
        }
    }

    private static int run(Architecture architecture, int number, int first, int second) {
        return interpret(architecture, architecture.auditNumber(), number, first, second);
    }

    private static int interpret(Architecture architecture, int audit, int number, int first, int second) {
        var data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number)
                .putInt(4, audit)
                .putLong(16, first & 0xffff_ffffL)
                .putLong(24, second & 0xffff_ffffL);
        var program =
                ByteBuffer.wrap(SeccompFilter.forArchitecture(architecture)).order(ByteOrder.nativeOrder());
        var accumulator = 0;
        for (var at = 0; ; at++) {
            var code = program.getShort(at * 8);
            var yes = program.get(at * 8 + 2) & 0xff;
            var no = program.get(at * 8 + 3) & 0xff;
            var constant = program.getInt(at * 8 + 4);
            switch (code) {
                case 0x20 -> accumulator = data.getInt(constant);
                case 0x15 -> at += accumulator == constant ? yes : no;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, constant) > 0 ? yes : no;
                case 0x45 -> at += (accumulator & constant) != 0 ? yes : no;
                case 0x06 -> {
                    return constant;
                }
                default -> throw new AssertionError("instruction " + code);
            }
        }
    }
}
