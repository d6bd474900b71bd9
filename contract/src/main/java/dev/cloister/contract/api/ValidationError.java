package dev.cloister.contract.api;

/** What is wrong with one field of a request. */
public record ValidationError(String field, String detail) {}
