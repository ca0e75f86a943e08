package dev.slipway.activities.database.script;

/**
 * One statement of a script.
 *
 * @param text without the semicolon
 * @param line on which it begins, from 1
 */
public record SqlStatement(String text, int line) {}
