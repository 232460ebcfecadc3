<?xml version="1.0" encoding="UTF-8"?>
<!-- The language switch: radio buttons, and the style sheet shows the part that is chosen. Each says what its language
     has (title, people, abstract, keywords), so that only these take the place of the article's own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                exclude-result-prefixes="j">
  <xsl:variable name="most-languages" select="8"/><!-- as many as the style sheet has rules for -->

  <xsl:template name="language-switch">
    <xsl:if test="$lang and $other-languages and count($other-languages) &lt;= $most-languages">
      <fieldset class="languages screen">
        <legend><xsl:value-of select="j:word('languages', $lang)"/></legend>
        <label>
          <input type="radio" name="_language" class="own" checked="checked"/>
          <span><xsl:value-of select="j:autonym($lang)"/></span>
        </label>
        <xsl:for-each select="$other-languages">
          <xsl:variable name="of" select="string(@xml:lang)"/>
          <label>
            <input type="radio" name="_language">
              <xsl:attribute name="class">
                <xsl:value-of select="concat('other n', position())"/>
                <xsl:if test="$meta/title-group/trans-title-group[@xml:lang = $of]/trans-title"> has-title</xsl:if>
                <xsl:if test="$contribs/name-alternatives/*[@xml:lang = $of] | $contribs/name[@xml:lang = $of] |
                              $contribs/string-name[@xml:lang = $of]"> has-authors</xsl:if>
                <xsl:if test="$addresses/self::aff[@xml:lang = $of] | $addresses/aff[@xml:lang = $of]"> has-addresses</xsl:if>
                <xsl:if test="$meta/trans-abstract[@xml:lang = $of]"> has-abstract</xsl:if>
                <xsl:if test="$meta/kwd-group[@xml:lang = $of]"> has-keywords</xsl:if>
              </xsl:attribute>
            </input>
            <span lang="{$of}">
              <xsl:if test="j:dir($of) != j:dir($lang)">
                <xsl:attribute name="dir"><xsl:value-of select="j:dir($of)"/></xsl:attribute>
              </xsl:if>
              <xsl:value-of select="j:autonym($of)"/>
            </span>
          </label>
        </xsl:for-each>
        <label>
          <input type="radio" name="_language" class="all"/>
          <span><xsl:value-of select="j:word('all-languages', $lang)"/></span>
        </label>
      </fieldset>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
