package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files a source means. A path names one file, and its rotated siblings belong to it ({@code access.log.1},
 * {@code access.log-20270101.gz}, {@code access-20270101.log}); a directory means every file in it; a pattern
 * ({@code *.log}, {@code school-*&#47;access.log}, {@code **&#47;*.log}) means the files it fits, at most 16 folders deep. Packings but gzip, bzip2, xz and zstd are left alone. A link is followed
 * only where the path names the file itself: whoever may write into a watched directory must not choose what is read.
 * Immutable.
 *
 * @param path as configured
 * @param folder what is listed; of a file its parent
 * @param pattern what its files' names must fit
 * @param exact whether the path names one file (or a directory, which is seen when it is listed)
 * @param deep whether folders below are listed too, and the pattern is one of whole paths
 */
record FileSet(Path path, Path folder, PathMatcher pattern, boolean exact, boolean deep) {
    /** Files looked at, at most. */
    static final int MOST = 4_096;

    private static final int DEEPEST = 16;

    private static final Pattern WILD = Pattern.compile("[*?\\[{]");
    private static final String PACKED = "(?:\\.(?:gz|bz2|xz|zst))?";
    private static final String ROTATED = "[.-]\\d[0-9A-Za-z._+-]*";

    /**
     * @param primary it is the file that is written, not one that was rotated away
     * @param follow it may be a link
     */
    record Candidate(Path path, boolean primary, boolean follow) {
        boolean packed() {
            return Packing.packed(path);
        }
    }

    /** @throws IllegalArgumentException saying why a path cannot be followed */
    static FileSet of(String text) {
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        String before = slash < 0 ? "" : text.substring(0, Math.max(slash, 1));
        if (otherPacking(last) && !WILD.matcher(last).find()) {
            throw new IllegalArgumentException(
                    "path \"" + text
                            + "\": this packing is not read, only gzip, bzip2, xz and zstd are; unpack it, or feed it to wanglou normalize");
        }
        if (WILD.matcher(before).find()) {
            return deep(text, before);
        }
        if (WILD.matcher(last).find()) {
            Path listed = Path.of(before.isEmpty() ? "." : before);
            return new FileSet(listed, listed, FileSystems.getDefault().getPathMatcher("glob:" + last), false, false);
        }
        Path path = Path.of(text).toAbsolutePath().normalize();
        Path name = path.getFileName();
        Path parent = path.getParent();
        if (name == null || parent == null) {
            throw new IllegalArgumentException("path \"" + text + "\" names no file or directory");
        }
        return new FileSet(path, parent, siblings(name.toString()), true, false);
    }

    /** A pattern with wildcards in its folders: all below the part that has none is looked at. */
    private static FileSet deep(String text, String before) {
        int wild = 0;
        for (int i = 0;
                i < before.length() && !WILD.matcher(before.substring(0, i + 1)).find();
                i++) {
            wild = before.charAt(i) == '/' ? i : wild;
        }
        Path root = Path.of(wild == 0 ? before.startsWith("/") ? "/" : "." : before.substring(0, wild));
        if (root.getNameCount() == 0 && before.startsWith("/")) {
            throw new IllegalArgumentException(
                    "path \"" + text + "\": the whole file system is not searched; name a folder before the wildcard");
        }
        String rest = text.substring(wild == 0 ? 0 : wild + 1);
        PathMatcher relative = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        // "**/" means no folder as well, as every shell has it
        PathMatcher here = FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("**/", ""));
        return new FileSet(
                root,
                root,
                file -> relative.matches(root.relativize(file)) || here.matches(root.relativize(file)),
                false,
                true);
    }

    /** Files below the folder; links are not followed, and what cannot be listed is empty. */
    private List<Candidate> below() throws IOException {
        List<Candidate> found = new ArrayList<>();
        int[] folders = {0};
        if (!Files.isDirectory(folder)) {
            return found;
        }
        Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return ++folders[0] > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path name = file.getFileName();
                if (attributes.isRegularFile()
                        && name != null
                        && !otherPacking(name.toString())
                        && pattern.matches(file)) {
                    found.add(new Candidate(file, true, false));
                }
                return found.size() >= MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(java.util.Comparator.comparing(Candidate::path));
        return found;
    }

    private static PathMatcher siblings(String name) {
        int dot = name.lastIndexOf('.');
        String inside = dot <= 0
                ? ""
                : "|" + Pattern.quote(name.substring(0, dot)) + ROTATED + Pattern.quote(name.substring(dot)) + PACKED;
        Pattern rotated = Pattern.compile(Pattern.quote(name) + "(?:" + ROTATED + "|\\.old)?" + PACKED + inside);
        return file -> rotated.matcher(file.toString()).matches();
    }

    /** What is there now, in order of name. What cannot be listed is empty: it may appear later. */
    List<Candidate> list() throws IOException {
        if (deep) {
            return below();
        }
        boolean directory = exact && Files.isDirectory(path);
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(directory ? path : folder)) {
            for (Path file : listed) {
                Path name = file.getFileName();
                boolean named = exact && !directory && file.equals(path);
                if (name == null || otherPacking(name.toString()) || !directory && !pattern.matches(name)) {
                    continue;
                }
                if (named ? Files.isRegularFile(file) : Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new Candidate(file, named || !exact || directory, named));
                    if (found.size() == MOST) {
                        break;
                    }
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(java.util.Comparator.comparing(Candidate::path));
        return found;
    }

    private static boolean otherPacking(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".zip")
                || lower.endsWith(".7z")
                || lower.endsWith(".lz4")
                || lower.endsWith(".rar")
                || lower.endsWith(".swp")
                || lower.endsWith(".tmp");
    }
}
