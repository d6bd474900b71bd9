package dev.cloister.provisioner.sandbox;

import java.util.List;

/**
 * The system calls of a workspace, in the manner of Docker's default profile: what programs need is allowed, what
 * manages the machine or has a history of escapes is refused, and calls newer than this list do not exist.
 */
final class SeccompFilter {
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int ARGUMENT_BYTES = 8;

    private static final int ALLOW = 0x7fff_0000;
    private static final int KILL_PROCESS = 0x8000_0000;
    private static final int ERROR = 0x0005_0000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    private static final int NEW_NAMESPACES = 0x7E02_0000;

    /** TIOCSTI types into the terminal of whoever looks on; TIOCLINUX pastes there. */
    private static final List<Integer> TERMINAL_INJECTION = List.of(0x5412, 0x541C);

    /** The usual, 32-bit naming, and switching address randomization off, as debuggers do; -1 only asks. */
    private static final List<Integer> PERSONALITIES = List.of(0, 8, 0x2_0000, 0x2_0008, 0x4_0000, -1);

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;

    /** Routes, socket diagnostics and device events, which stay within the workspace's own network namespace. */
    private static final List<Integer> NETLINK = List.of(0, 4, 15);

    private SeccompFilter() {}

    static byte[] forArchitecture(Architecture architecture) {
        var calls = architecture.calls();
        var program = new BpfProgram()
                .load(ARCHITECTURE)
                .ifEqual(architecture.auditNumber(), body(calls))
                // 32-bit programs come by another entry, with other numbers.
                .give(KILL_PROCESS);
        return program.bytes();
    }

    private static BpfProgram body(SystemCalls calls) {
        // The x32 interface sets a high bit in the number: those calls are beyond the newest too.
        var body = new BpfProgram()
                .load(NUMBER)
                .ifGreater(SystemCalls.NEWEST, error(ENOSYS))
                // Its arguments lie in memory where a filter cannot look; programs fall back to clone.
                .ifEqual(calls.clone3(), error(ENOSYS))
                .ifEqual(
                        calls.cloneCall(),
                        argument(0).ifAnyBit(NEW_NAMESPACES, error(EPERM)).give(ALLOW))
                .ifEqual(calls.ioctl(), refusing(argument(1), TERMINAL_INJECTION))
                .ifEqual(calls.personality(), allowing(argument(0), PERSONALITIES, EPERM))
                .ifEqual(calls.socket(), sockets());
        for (var number : calls.denied()) {
            body.ifEqual(number, error(EPERM));
        }
        return body.give(ALLOW);
    }

    /** Families that are not confined by the network namespace, AF_VSOCK above all, are left out. */
    private static BpfProgram sockets() {
        return argument(0)
                .ifEqual(AF_UNIX, new BpfProgram().give(ALLOW))
                .ifEqual(AF_INET, new BpfProgram().give(ALLOW))
                .ifEqual(AF_INET6, new BpfProgram().give(ALLOW))
                .ifEqual(AF_NETLINK, allowing(argument(2), NETLINK, EAFNOSUPPORT))
                .give(ERROR | EAFNOSUPPORT);
    }

    private static BpfProgram allowing(BpfProgram program, List<Integer> values, int otherwise) {
        values.forEach(value -> program.ifEqual(value, new BpfProgram().give(ALLOW)));
        return program.give(ERROR | otherwise);
    }

    private static BpfProgram refusing(BpfProgram program, List<Integer> values) {
        values.forEach(value -> program.ifEqual(value, error(EPERM)));
        return program.give(ALLOW);
    }

    private static BpfProgram error(int number) {
        return new BpfProgram().give(ERROR | number);
    }

    /** The lower half: all these arguments are 32 bits wide for the kernel. Both architectures are little-endian. */
    private static BpfProgram argument(int index) {
        return new BpfProgram().load(FIRST_ARGUMENT + index * ARGUMENT_BYTES);
    }
}
