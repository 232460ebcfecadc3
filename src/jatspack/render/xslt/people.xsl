<?xml version="1.0" encoding="UTF-8"?>
<!-- Authors, affiliations, correspondence, in one language at a time. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <!-- Addresses as they count: one for an aff-alternatives, one for an aff that stands alone. -->
  <xsl:variable name="addresses" select="$meta/contrib-group/aff-alternatives | $meta/aff-alternatives |
    $meta/contrib-group/aff | $meta/aff | $meta/contrib-group/contrib/aff"/>
  <xsl:variable name="corresp" select="$meta/author-notes/corresp"/>
  <xsl:variable name="contribs" select="$meta/contrib-group/contrib"/>

  <!-- `of`: the language of the block; empty in the article's own block, where everything without a home stands too. -->
  <xsl:template name="people">
    <xsl:param name="of"/>
    <xsl:variable name="main" select="not($of)"/>
    <xsl:variable name="shown" select="$contribs[$main or name-alternatives/*[@xml:lang = $of] or
      name[@xml:lang = $of] or string-name[@xml:lang = $of]]"/>
    <xsl:variable name="plain" select="$shown[not(@contrib-type) or @contrib-type = 'author']"/>
    <xsl:if test="$plain">
      <ul class="authors">
        <xsl:for-each select="$plain">
          <li>
            <xsl:call-template name="author"><xsl:with-param name="of" select="$of"/></xsl:call-template>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
    <xsl:for-each select="$shown[@contrib-type and @contrib-type != 'author']">
      <p class="other-contributor">
        <xsl:if test="not(role)">
          <span class="what"><xsl:value-of select="j:word(concat('contrib-', @contrib-type), $lang)"/></span>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:call-template name="author"><xsl:with-param name="of" select="$of"/></xsl:call-template>
        <xsl:for-each select="role">, <xsl:apply-templates/></xsl:for-each>
      </p>
    </xsl:for-each>
    <xsl:call-template name="addresses"><xsl:with-param name="of" select="$of"/></xsl:call-template>
    <xsl:call-template name="details"><xsl:with-param name="of" select="$of"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="author">
    <xsl:param name="of"/>
    <xsl:variable name="of-lang" select="concat($of, substring($lang, 1 div not($of)))"/>
    <span class="name">
      <xsl:variable name="name-lang" select="j:name-lang(., $of-lang)"/>
      <xsl:call-template name="lang">
        <xsl:with-param name="own" select="$name-lang"/>
        <xsl:with-param name="around" select="$of-lang"/>
      </xsl:call-template>
      <xsl:call-template name="opener"><xsl:with-param name="of" select="$of-lang"/></xsl:call-template>
    </span>
    <xsl:call-template name="marks"/>
    <xsl:if test="not($of)">
      <xsl:apply-templates select="contrib-id[@contrib-id-type = 'orcid'][1]" mode="icon"/>
    </xsl:if>
    <xsl:call-template name="card"><xsl:with-param name="of" select="$of-lang"/></xsl:call-template>
  </xsl:template>

  <!-- Marks after a name: affiliations where there is more than one, then notes. -->
  <xsl:template name="marks">
    <xsl:variable name="corresp" select="@corresp = 'yes' and not(xref[@ref-type = 'corresp'])"/>
    <xsl:variable name="links" select="xref[@ref-type != 'aff' or count($addresses) &gt; 1][not(@ref-type = 'corresp' and
      normalize-space() = normalize-space(preceding-sibling::xref[@ref-type = 'corresp'][1]) and
      preceding-sibling::xref[@ref-type = 'corresp'])]"/>
    <xsl:if test="$links or $corresp">
      <sup class="marks">
        <xsl:for-each select="$links">
          <xsl:if test="position() &gt; 1">,</xsl:if>
          <a href="#{@rid}">
            <xsl:choose>
              <xsl:when test="normalize-space() and @ref-type = 'aff'"><xsl:value-of select="j:label(.)"/></xsl:when>
              <xsl:when test="@ref-type = 'aff'">
                <xsl:apply-templates select="key('id', @rid)" mode="address-label"/>
              </xsl:when>
              <xsl:when test="normalize-space()"><xsl:value-of select="normalize-space()"/></xsl:when>
              <xsl:when test="key('id', @rid)/label"><xsl:value-of select="key('id', @rid)/label"/></xsl:when>
              <xsl:otherwise>*</xsl:otherwise>
            </xsl:choose>
          </a>
        </xsl:for-each>
        <xsl:if test="$corresp"><xsl:if test="$links">,</xsl:if>*</xsl:if>
      </sup>
    </xsl:if>
  </xsl:template>

  <xsl:template match="contrib-id" mode="icon">
    <xsl:variable name="href" select="j:href(j:orcid(string(.)))"/>
    <xsl:if test="$href">
      <a class="orcid" href="{$href}" aria-label="ORCID {j:person(.., $lang)}">
        <svg viewBox="0 0 24 24" width="12" height="12" aria-hidden="true" focusable="false">
          <circle cx="12" cy="12" r="12" fill="#a6ce39"/>
          <path fill="#fff" d="M6.4 7.9h1.7v9.3H6.4zM7.25 4.7a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2zM9.9 7.9h3.8c3.4
            0 4.9 2.4 4.9 4.65 0 2.5-1.9 4.65-4.9 4.65H9.9zm1.7 1.5v6.3h2c2.4 0 3.3-1.7 3.3-3.15 0-1.9-1.2-3.15-3.25-3.15z"/>
        </svg>
      </a>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="address-label">
    <xsl:variable name="label" select="(label | aff/label)[1]"/>
    <xsl:choose>
      <xsl:when test="$label"><xsl:value-of select="j:label($label)"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="self" select="."/>
        <xsl:for-each select="$addresses"><xsl:if test="count(. | $self) = 1"><xsl:value-of select="position()"/></xsl:if></xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An address is shown in its own language's block; in the main block where it has no other home. -->
  <xsl:template name="addresses">
    <xsl:param name="of"/>
    <xsl:variable name="shown" select="$addresses[not($of) and (self::aff-alternatives or not(@xml:lang) or
      @xml:lang = $lang or not(key('front-lang', @xml:lang))) or $of and (aff[@xml:lang = $of] or @xml:lang = $of)]"/>
    <xsl:if test="$shown">
      <ul class="affiliations">
        <xsl:for-each select="$shown">
          <li>
            <xsl:if test="not($of) and self::aff-alternatives and @id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
            <xsl:if test="count($addresses) &gt; 1">
              <sup class="mark"><xsl:apply-templates select="." mode="address-label"/></sup>
            </xsl:if>
            <xsl:choose>
              <xsl:when test="self::aff"><xsl:apply-templates select="." mode="address"/></xsl:when>
              <xsl:when test="$of"><xsl:apply-templates select="aff[@xml:lang = $of]" mode="address"/></xsl:when>
              <xsl:when test="aff[@xml:lang = $lang]">
                <xsl:apply-templates select="aff[@xml:lang = $lang]" mode="address"/>
              </xsl:when>
              <xsl:otherwise><xsl:apply-templates select="aff[1]" mode="address"/></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- The printed text where it was kept; parts without punctuation between them get commas. -->
  <xsl:template match="aff" mode="address">
    <span class="address">
      <xsl:call-template name="id"/>
      <xsl:variable name="parts" select="*[not(self::label)][normalize-space()]"/>
      <xsl:choose>
        <xsl:when test="text()[normalize-space()] or count($parts) &lt; 2">
          <xsl:apply-templates select="node()[not(self::label)]"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$parts">
            <xsl:if test="position() &gt; 1">, </xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <!-- The lines of an address are those of its column; here they run on. -->
  <xsl:template match="aff//break"><xsl:text> </xsl:text></xsl:template>

  <!-- E-mail, ORCID, degrees and positions, one line for each author who has any. -->
  <xsl:template name="details">
    <xsl:param name="of"/>
    <xsl:variable name="main" select="not($of)"/>
    <xsl:variable name="lines" select="$contribs[
      $main and (contrib-id or (email | address/email)[not(. = $corresp//email)] or @corresp = 'yes' and not($corresp)) or
      (degrees | role[not(../@contrib-type) or ../@contrib-type = 'author'])[@xml:lang = $of or $main and (not(@xml:lang) or @xml:lang = $lang or not(key('front-lang', @xml:lang)))]]"/>
    <xsl:if test="$lines">
      <ul class="details">
        <xsl:for-each select="$lines">
          <li>
            <xsl:if test="@corresp = 'yes'"><xsl:attribute name="class">corresponding</xsl:attribute></xsl:if>
            <span class="name"><xsl:value-of select="j:person(., concat($of, substring($lang, 1 div $main)))"/></span>
            <xsl:for-each select="(degrees | role[../@contrib-type = 'author' or not(../@contrib-type)])[
              @xml:lang = $of or $main and (not(@xml:lang) or @xml:lang = $lang or not(key('front-lang', @xml:lang)))]">
              <span class="detail"><xsl:call-template name="lang"/><xsl:apply-templates/></span>
            </xsl:for-each>
            <xsl:if test="$main">
              <xsl:if test="@corresp = 'yes' and not($corresp)">
                <span class="detail corresponding"><xsl:value-of select="j:word('corresponding', $lang)"/></span>
              </xsl:if>
              <xsl:for-each select="(email | address/email)[not(. = $corresp//email)]">
                <span class="detail"><xsl:apply-templates select="."/></span>
              </xsl:for-each>
              <xsl:apply-templates select="contrib-id"/>
            </xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template match="contrib-id">
    <xsl:variable name="url" select="j:orcid(string(.))"/>
    <span class="detail">
      <xsl:choose>
        <xsl:when test="@contrib-id-type = 'orcid' and j:href($url)"><a href="{$url}"><xsl:value-of select="$url"/></a></xsl:when>
        <xsl:otherwise>
          <xsl:if test="@contrib-id-type"><xsl:value-of select="@contrib-id-type"/>: </xsl:if><xsl:value-of select="."/>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template match="author-notes">
    <div class="author-notes"><xsl:apply-templates select="*[not(self::label)]"/></div>
  </xsl:template>

  <xsl:template match="author-notes/title">
    <p class="what"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="corresp | author-notes/fn">
    <div class="note">
      <xsl:call-template name="id"/>
      <xsl:for-each select="label"><sup class="mark"><xsl:value-of select="j:label(.)"/></sup></xsl:for-each>
      <xsl:if test="self::corresp and not(label or preceding-sibling::corresp) and not(starts-with(normalize-space(), '*')) and $contribs/xref[@rid = current()/@id]"><sup class="mark">*</sup></xsl:if>
      <xsl:apply-templates select="node()[not(self::label)]"/>
    </div>
  </xsl:template>
</xsl:stylesheet>
