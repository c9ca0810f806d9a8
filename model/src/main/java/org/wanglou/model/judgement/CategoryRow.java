package org.wanglou.model.judgement;

import org.wanglou.model.Category;

/** One sub-class of GB/T 20986-2023 with its source. Immutable. */
public record CategoryRow(Category category, RowSource origin) {
    public String key() {
        return category.key();
    }
}
