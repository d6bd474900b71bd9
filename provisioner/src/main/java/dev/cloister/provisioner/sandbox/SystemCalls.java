package dev.cloister.provisioner.sandbox;

import java.util.List;

/**
 * Numbers of the system calls that the filter has an opinion on.
 *
 * @param denied those that only administer a machine, reach around the sandbox, or have been its usual holes
 */
record SystemCalls(int cloneCall, int clone3, int ioctl, int personality, int socket, List<Integer> denied) {
    /** mseal, of Linux 6.10; numbers beyond it are the same on all architectures and unknown to this list. */
    static final int NEWEST = 462;

    /**
     * In this order: add_key, request_key, keyctl; bpf, perf_event_open, userfaultfd, fanotify_init; the three of
     * io_uring; mount, umount2, pivot_root, chroot, the new mount interface; unshare, setns; open_by_handle_at; modules,
     * kexec and reboot; swap, quota and accounting; clocks and names; syslog, lookup_dcookie, vhangup, nfsservctl,
     * migrate_pages, move_pages.
     */
    static final SystemCalls AMD64 = new SystemCalls(
            56,
            435,
            16,
            135,
            41,
            List.of(
                    248,
                    249,
                    250,
                    321,
                    298,
                    323,
                    300,
                    425,
                    426,
                    427,
                    165,
                    166,
                    155,
                    161,
                    428,
                    429,
                    430,
                    431,
                    432,
                    433,
                    442,
                    272,
                    308,
                    304,
                    175,
                    176,
                    313,
                    246,
                    320,
                    169,
                    167,
                    168,
                    179,
                    443,
                    163,
                    227,
                    305,
                    164,
                    170,
                    171,
                    103,
                    212,
                    153,
                    180,
                    256,
                    279,
                    // Only here: ioperm, iopl, modify_ldt, and calls of long ago.
                    173,
                    172,
                    154,
                    174,
                    177,
                    178,
                    139,
                    156,
                    134,
                    136,
                    236));

    static final SystemCalls ARM64 = new SystemCalls(
            220,
            435,
            29,
            92,
            198,
            List.of(
                    217, 218, 219, 280, 241, 282, 262, 425, 426, 427, 40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442,
                    97, 268, 265, 105, 106, 273, 104, 294, 142, 224, 225, 60, 443, 89, 112, 266, 170, 161, 162, 116, 18,
                    58, 42, 238, 239));

    SystemCalls {
        denied = List.copyOf(denied);
    }
}
