package org.wanglou.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.alerting.notify.Notifier;
import org.wanglou.alerting.notify.Notifiers;
import org.wanglou.alerting.playbook.Action;
import org.wanglou.alerting.playbook.Actions;

class EveryExtensionIsListedTest {
    @Test
    void every_notifier_is_in_its_table() throws Exception {
        assertThat(implementing(Notifier.class)).containsExactlyInAnyOrderElementsOf(Notifiers.ALL);
    }

    @Test
    void every_action_is_in_its_table() throws Exception {
        assertThat(implementing(Action.class)).containsExactlyInAnyOrderElementsOf(Actions.ALL);
    }

    private static <T> List<Class<? extends T>> implementing(Class<T> seam) throws IOException, ClassNotFoundException {
        Path classes = Path.of("target", "classes");
        List<Class<? extends T>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace(java.io.File.separatorChar, '.');
                if (name.endsWith("package-info.class")) {
                    continue;
                }
                Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (seam.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    found.add(type.asSubclass(seam));
                }
            }
        }
        return found;
    }
}
