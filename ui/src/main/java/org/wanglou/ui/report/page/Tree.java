package org.wanglou.ui.report.page;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** An XHTML tree being built; every text goes through {@link SafeText}. Confined to one thread. */
final class Tree {
    private static final int MOST = 200;

    private final Document document;

    Tree() {
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    Document document() {
        return document;
    }

    /** The root with its head; returns the body. */
    Element begin(String title, String css) {
        Element html = document.createElement("html");
        html.setAttribute("lang", "zh-CN");
        document.appendChild(html);
        Element head = add(html, "head", "");
        text(head, "title", "", title);
        add(head, "style", "").appendChild(document.createTextNode(css));
        return add(html, "body", "");
    }

    Element add(Element parent, String name, String cssClass) {
        Element element = document.createElement(name);
        if (!cssClass.isEmpty()) {
            element.setAttribute("class", cssClass);
        }
        parent.appendChild(element);
        return element;
    }

    Element text(Element parent, String name, String cssClass, String text) {
        return text(parent, name, cssClass, text, MOST);
    }

    Element text(Element parent, String name, String cssClass, String text, int most) {
        Element element = add(parent, name, cssClass);
        element.appendChild(document.createTextNode(SafeText.of(text, most)));
        return element;
    }
}
