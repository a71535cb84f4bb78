package stream.weir.service.rest;

import java.util.Optional;

/**
 * Why a request was not answered.
 *
 * @param reason a word for programs
 * @param detail what was tried, why not, and what to do
 * @param leader who leads, where this coordinator does not
 */
public record Problem(String reason, String detail, Optional<String> leader) {}
