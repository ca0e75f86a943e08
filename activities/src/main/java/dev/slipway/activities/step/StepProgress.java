package dev.slipway.activities.step;

/**
 * What a heartbeat says; people read it beside the pending activity.
 *
 * @param doing the latest line of progress
 * @param elapsed since the attempt began, as people write it
 */
public record StepProgress(String doing, String elapsed) {}
