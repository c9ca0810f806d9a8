package org.wanglou.sensors.format.evtx;

import static org.wanglou.sensors.format.evtx.EvtxWriter.attribute;
import static org.wanglou.sensors.format.evtx.EvtxWriter.element;
import static org.wanglou.sensors.format.evtx.EvtxWriter.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wanglou.sensors.format.evtx.EvtxWriter.Part;

/** Event XML as an event log file of one record, and the frame that reading the file gives. */
public final class EvtxOf {
    private EvtxOf() {}

    public static String read(String xml, long id) {
        try {
            Node event = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
            byte[] file = new EvtxWriter().record(id, part(event)).file(0);
            return Written.xml(file).get(0);
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException | java.io.IOException e) {
            throw new AssertionError(xml, e);
        }
    }

    private static Part part(Node node) {
        List<Part> attributes = new ArrayList<>();
        NamedNodeMap named = node.getAttributes();
        for (int i = 0; i < named.getLength(); i++) {
            attributes.add(
                    attribute(named.item(i).getNodeName(), text(named.item(i).getNodeValue())));
        }
        List<Part> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                children.add(part(child));
            } else if (!child.getNodeValue().isEmpty()) {
                children.add(text(child.getNodeValue()));
            }
        }
        return element(node.getNodeName(), 0xffff, attributes, children.toArray(new Part[0]));
    }
}
