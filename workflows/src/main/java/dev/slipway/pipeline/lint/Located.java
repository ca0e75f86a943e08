package dev.slipway.pipeline.lint;

/** A part of a pipeline and the path where its file has it. */
public record Located<T>(String path, T value) {}
