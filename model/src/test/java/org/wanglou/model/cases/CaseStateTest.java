package org.wanglou.model.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaseStateTest {
    @Test
    void nothing_is_confirmed_before_it_is_judged_and_nothing_leaves_the_archive() {
        assertThat(CaseState.NEW.next())
                .containsExactlyInAnyOrder(
                        CaseState.CONFIRMED, CaseState.FALSE_POSITIVE, CaseState.DUPLICATE, CaseState.NOT_OURS);
        assertThat(CaseState.ARCHIVED.next()).isEmpty();
    }

    @Test
    void every_state_but_the_archive_leads_on_and_none_to_itself() {
        for (CaseState state : CaseState.values()) {
            assertThat(state.next()).doesNotContain(state);
            assertThat(state.next().isEmpty()).isEqualTo(state == CaseState.ARCHIVED);
        }
    }
}
