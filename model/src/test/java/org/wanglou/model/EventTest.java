package org.wanglou.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void what_was_built_does_not_change_when_its_builder_goes_on() {
        Event.Builder builder = Event.builder().set(Ecs.USER_NAME, "li").set("vendor.field", "a");
        Event first = builder.build();
        Event second =
                builder.set(Ecs.USER_NAME, "wang").set("vendor.field", null).build();
        assertThat(first.text(Ecs.USER_NAME)).contains("li");
        assertThat(first.extra()).containsEntry("vendor.field", "a");
        assertThat(second.text(Ecs.USER_NAME)).contains("wang");
        assertThat(second.extra()).isEmpty();
    }
}
