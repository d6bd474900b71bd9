package dev.cloister.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this host with one person's profile, and what went wrong in it. */
final class Chromium implements AutoCloseable {
    private static final double LIMIT_MS = 30_000;
    private static final Path SCREENS = Path.of("target/screens");

    private final Playwright playwright;
    private final Browser browser;
    final BrowserContext context;
    final List<String> faults = new ArrayList<>();

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
        context.setDefaultTimeout(LIMIT_MS);
        context.onPage(page -> page.onPageError(fault -> faults.add(page.url() + ": " + fault)));
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
    }

    private static Path program() {
        Optional<Path> found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("Chromium is needed: apt-get install chromium"));
    }

    Page newPage() {
        return context.newPage();
    }

    /** Keeps a picture of what a person sees. */
    static void keep(Page page, String name) {
        try {
            Files.createDirectories(SCREENS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
        browser.close();
        playwright.close();
    }
}
