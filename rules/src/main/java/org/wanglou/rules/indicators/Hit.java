package org.wanglou.rules.indicators;

/**
 * An indicator met in an event. Immutable.
 *
 * @param field ECS name of the field
 * @param value as the event has it
 * @param inbound true when the known-bad side was the one that acted
 */
public record Hit(Indicator indicator, String field, String value, boolean inbound) {}
