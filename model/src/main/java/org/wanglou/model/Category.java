package org.wanglou.model;

/**
 * A sub-class of GB/T 20986-2023 clause 5.2.
 *
 * @param key our key, such as {@code attack.credential}; tags say {@code gbt20986.attack.credential}
 * @param code five digits of Annex B, derived by order and 待核
 * @param parent Chinese name of the class (大类)
 * @param name Chinese name of the sub-class (子类)
 * @param verified whether the code was checked against the printed text (已核对)
 */
public record Category(String key, String code, String parent, String name, boolean verified) {
    /** What an incident has before its tags name anything: 其他事件. */
    public static final Category OTHER = new Category("other", "10000", "其他事件", "其他事件", false);
}
