package dev.slipway.activities.process;

/**
 * What a program printed whose output is data.
 *
 * @param text its standard output, read as UTF-8
 */
public record ProcessOutput(ProcessExit exit, String text) {}
