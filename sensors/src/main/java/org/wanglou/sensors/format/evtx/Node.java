package org.wanglou.sensors.format.evtx;

import java.util.ArrayList;
import java.util.List;

/** Binary XML as a tree, not filled in yet: what a template says and where the values of a record go. */
sealed interface Node {
    /**
     * An element.
     *
     * @param dependency the value without which it is left out, {@link #NONE} when there is none
     */
    record Element(String name, int dependency, List<Attribute> attributes, List<Node> children) implements Node {
        static final int NONE = 0xffff;

        Element(String name, int dependency) {
            this(name, dependency, new ArrayList<>(2), new ArrayList<>(2));
        }
    }

    /** An attribute; its value is the text of its parts together. */
    record Attribute(String name, List<Node> parts) {}

    /** Text that is the same in every record. */
    record Text(String text) implements Node {}

    /** A text value of a type other than string, where it stands. */
    record Fixed(int type, int at, int size) implements Node {}

    /** The place of a value. @param optional without the value there is no attribute */
    record Slot(int index, boolean optional) implements Node {}

    /** A template, by its place in the chunk, with the values to fill it. */
    record Instance(int template, int templateEnd, Values values) implements Node {}
}
