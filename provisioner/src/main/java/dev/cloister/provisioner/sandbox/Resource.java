package dev.cloister.provisioner.sandbox;

/** What the kernel can limit for a group of processes. */
enum Resource {
    MEMORY,
    PROCESSES,
    CPU
}
