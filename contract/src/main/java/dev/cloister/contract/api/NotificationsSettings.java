package dev.cloister.contract.api;

/** Whether sending rests. What comes up meanwhile waits. */
public record NotificationsSettings(boolean notifierPaused) {}
