package dev.cloister.contract.api;

import java.util.Map;

/** By the id of a template, whether it is switched off. What is not named stays as it is. */
public record UpdateUserNotificationPreferences(Map<String, Boolean> templateDisabledMap) {}
