package dev.cloister.contract.api;

import java.time.Instant;

/**
 * When a person's workspaces may be stopped because their template requires it.
 *
 * @param rawSchedule the schedule in the form of cron
 * @param userSet whether the person chose it, else it is the deployment's default
 * @param userCanSet whether people may choose
 * @param time of the day, such as 02:00
 * @param timezone of that time, such as Europe/Berlin
 * @param next when they begin next
 */
public record UserQuietHoursScheduleResponse(
        String rawSchedule, boolean userSet, boolean userCanSet, String time, String timezone, Instant next) {}
