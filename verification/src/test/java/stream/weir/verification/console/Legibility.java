package stream.weir.verification.console;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What people with weak eyes, or none, would miss on a page: text too close in brightness to its ground, by the formula and limits of
 * <a href="https://www.w3.org/TR/WCAG21/#contrast-minimum">WCAG 2.1, 1.4.3</a>; and what can be operated, but has no name to be read out.
 */
final class Legibility {
    private static final String LOOK = """
        () => {
          const channels = colour => colour.match(/[\\d.]+/g).map(Number);
          const bright = colour => {
            const [r, g, b] = channels(colour).map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = getComputedStyle(at).backgroundColor;
              if (channels(colour).length < 4 || channels(colour)[3] === 1) return colour;
            }
            return getComputedStyle(document.documentElement).backgroundColor;
          };
          const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
            && !element.closest('.visually-hidden, .skip, :disabled, svg')
            && getComputedStyle(element).clipPath === 'none';
          const problems = [];
          for (const element of document.body.querySelectorAll('*')) {
            const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join('').trim();
            if (!own || !seen(element) || element.tagName === 'OPTION') continue;
            const style = getComputedStyle(element);
            const [lighter, darker] = [bright(style.color), bright(ground(element))].sort((a, b) => b - a);
            const size = parseFloat(style.fontSize);
            const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            const ratio = (lighter + 0.05) / (darker + 0.05);
            if (ratio < least) problems.push(`contrast ${ratio.toFixed(2)} of "${own}", ${style.color} on ${ground(element)}`);
          }
          for (const element of document.querySelectorAll('a, button, input, select, dialog, [tabindex="0"], [role="region"]')) {
            const by = element.getAttribute('aria-labelledby');
            const name = element.getAttribute('aria-label') || (by && document.getElementById(by)?.textContent)
              || [...(element.labels ?? [])].map(label => label.textContent).join('') || element.textContent || element.querySelector('title')?.textContent;
            if (!name?.trim()) problems.push('no name: ' + element.outerHTML.slice(0, 200));
          }
          return problems;
        }
        """;

    private Legibility() {}

    static List<String> problems(Page page) {
        return ((List<?>) page.evaluate(LOOK)).stream().map(String::valueOf).toList();
    }
}
