package dev.cloister.contract.api;

/** Asks for a code to the address of an account. */
public record RequestOneTimePasscodeRequest(String email) {}
