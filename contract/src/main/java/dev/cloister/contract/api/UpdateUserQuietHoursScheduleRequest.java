package dev.cloister.contract.api;

/** New quiet hours, as a schedule of one time of every day; empty for the deployment's default. */
public record UpdateUserQuietHoursScheduleRequest(String schedule) {}
