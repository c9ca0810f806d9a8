package org.wanglou.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class SelfTestTest {
    @Test
    void every_known_answer_is_given() {
        assertThatCode(SelfTest::run).doesNotThrowAnyException();
    }
}
