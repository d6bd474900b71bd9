package dev.cloister.contract.api;

/** How cookies are set. */
public record HTTPCookieConfig(boolean secureAuthCookie, String sameSite, boolean hostPrefix) {}
