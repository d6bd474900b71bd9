package dev.cloister.contract.api;

/** How somebody signs in. */
public record UserLoginType(LoginType loginType) {}
