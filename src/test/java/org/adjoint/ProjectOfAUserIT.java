package org.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * What README.md and gradient-check.md tell a user to do: their test classes are built and run by Maven in projects of
 * their own, with the coordinates shown, against the installed jar. Maven finds all else in the repository that built
 * this project, and needs no network.
 */
class ProjectOfAUserIT {

    private static final Path README = Path.of("README.md");
    private static final Path GUIDE = Path.of("src/docs/gradient-check.md");
    private static final Path ROOT = Path.of("target/user").toAbsolutePath();
    private static final Path REPOSITORY = ROOT.resolve("repository");

    private static String log = "";

    @BeforeAll
    static void build() throws Exception {
        assumeThat(System.getProperty("maven.home")).as("run by Maven").isNotNull();
        install();
        Files.writeString(ROOT.resolve("settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror><id>built</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """.formatted(Path.of(System.getProperty("maven.repository")).toUri()));
        Files.writeString(ROOT.resolve("pom.xml"), pom());
        module("junit", "", "MeanTest", block(README, "java", 1), " / x.length", "");
        module("jqwik", dependency("net.jqwik", "jqwik", version("jqwik.version")), "ProductTest",
                block(GUIDE, "java", 0), "multTransA(in[0], w, null)", "multTransA(w, in[0], null)");
        // jqwik begins with what failed last time
        Files.deleteIfExists(ROOT.resolve("jqwik/.jqwik-database"));
        log = maven("-Dadjoint.seed=1", "-Dmaven.test.failure.ignore=true", "test");
    }

    // ---- the projects

    private static void install() throws IOException {
        var home = REPOSITORY.resolve("org/adjoint/adjoint/0.1.0-SNAPSHOT");
        Files.createDirectories(home);
        Files.copy(Path.of("target/adjoint.jar"), home.resolve("adjoint-0.1.0-SNAPSHOT.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of("pom.xml"), home.resolve("adjoint-0.1.0-SNAPSHOT.pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pom() throws IOException {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>user</groupId>
                  <artifactId>user</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules><module>junit</module><module>jqwik</module></modules>
                  <properties>
                    <maven.compiler.release>21</maven.compiler.release>
                    <maven.compiler.parameters>true</maven.compiler.parameters>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencyManagement><dependencies>
                    <dependency><groupId>org.junit</groupId><artifactId>junit-bom</artifactId><version>%s</version>
                      <type>pom</type><scope>import</scope></dependency>
                  </dependencies></dependencyManagement>
                  <dependencies>
                %s
                %s
                  </dependencies>
                  <build><pluginManagement><plugins>
                    %s
                    %s
                    %s
                  </plugins></pluginManagement></build>
                </project>
                """.formatted(version("junit.version"), block(README, "xml", 0),
                dependency("org.junit.jupiter", "junit-jupiter", version("junit.version")),
                plugin("maven-resources-plugin"), plugin("maven-compiler-plugin"), plugin("maven-surefire-plugin"));
    }

    /** A module with a test class as shown, and one with a mistake in it. */
    private static void module(String name, String dependencies, String test, String source, String right, String wrong)
            throws IOException {
        var tests = Files.createDirectories(ROOT.resolve(name).resolve("src/test/java"));
        assertThat(source).contains("class " + test + " {", right);
        Files.writeString(tests.resolve(test + ".java"), source);
        Files.writeString(tests.resolve("Wrong" + test + ".java"),
                source.replace(right, wrong).replaceAll("\\b" + test + "\\b", "Wrong" + test));
        Files.writeString(ROOT.resolve(name).resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>user</groupId><artifactId>user</artifactId><version>1</version></parent>
                  <artifactId>%s</artifactId>
                  <dependencies>%s</dependencies>
                </project>
                """.formatted(name, dependencies));
    }

    private static String block(Path page, String kind, int number) throws IOException {
        return Block.of(page).stream().filter(block -> block.kind().equals(kind)).toList().get(number).text();
    }

    private static String dependency(String group, String artifact, String version) {
        return ("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
                + "<scope>test</scope></dependency>").formatted(group, artifact, version);
    }

    private static String plugin(String artifact) throws IOException {
        return "<plugin><artifactId>%s</artifactId><version>%s</version></plugin>".formatted(artifact,
                inPom("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<"));
    }

    private static String version(String property) throws IOException { return inPom("<" + property + ">([^<]+)<"); }

    private static String inPom(String pattern) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of("pom.xml")));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String maven(String... arguments) throws IOException, InterruptedException {
        var output = ROOT.resolve("log.txt");
        var command = new java.util.ArrayList<>(List.of(System.getProperty("maven.home") + "/bin/mvn", "-B",
                "-s", ROOT.resolve("settings.xml").toString(), "-Dmaven.repo.local=" + REPOSITORY));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("ADJOINT_SEED");
        var process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Maven ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    // ---- what came of them

    private static Element suite(String module, String test) throws Exception {
        var report = ROOT.resolve(module).resolve("target/surefire-reports/TEST-" + test + ".xml");
        assertThat(report).as(log).exists();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
    }

    private static void passes(String module, String test) throws Exception {
        var suite = suite(module, test);
        assertThat(suite.getAttribute("tests")).as(log).isEqualTo("1");
        assertThat(List.of(suite.getAttribute("failures"), suite.getAttribute("errors"), suite.getAttribute("skipped")))
                .as(log).containsOnly("0");
    }

    private static void fails(String module, String test, Path page) throws Exception {
        var failure = (Element) suite(module, test).getElementsByTagName("failure").item(0);
        assertThat(failure).as(log).isNotNull();
        var now = failure.getAttribute("message").strip() + "\n";
        var shown = block(page, "report", 0);
        Block.update(page, "```report\n" + shown, "```report\n" + now);
        assertThat(now).isEqualTo(shown);
    }

    @Test
    void theTestOfTheReadmePassesWithoutJqwik() throws Exception {
        passes("junit", "MeanTest");
        assertThat(Files.readString(ROOT.resolve("junit/target/surefire-reports/TEST-MeanTest.xml")))
                .contains("adjoint-0.1.0-SNAPSHOT.jar", "ejml-ddense").doesNotContain("net/jqwik", "picocli", "symja");
    }

    @Test
    void aMistakeInItSaysWhatIsShown() throws Exception { fails("junit", "WrongMeanTest", README); }

    @Test
    void thePropertyOfTheGuidePasses() throws Exception { passes("jqwik", "ProductTest"); }

    @Test
    void aMistakeInThePropertySaysWhatIsShown() throws Exception { fails("jqwik", "WrongProductTest", GUIDE); }
}
